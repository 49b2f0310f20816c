package lpm.systemtests.chaos;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Tests that fence hosts, which others that share the cloud do not expect: they run only when asked for. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfEnvironmentVariable(
        named = "LPM_TEST_CHAOS",
        matches = "1",
        disabledReason = "SKIPPED: hosts are fenced here, which tests that share the cloud do not expect;"
                + " set LPM_TEST_CHAOS=1 and name this test to run it (docs/operations/chaos.md)")
@interface WhenAskedFor {}
