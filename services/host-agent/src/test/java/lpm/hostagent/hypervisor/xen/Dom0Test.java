package lpm.hostagent.hypervisor.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a shell that speaks the protocol of {@code deploy/host/lpm-dom0}. */
class Dom0Test {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String SHELL = """
            while read -r verb a; do
              case $verb in
                say) echo "$a"; echo twice ;;
                no) echo "because of $a"; echo .done 3; continue ;;
                pid) echo $$ ;;
                hang) sleep 30 ;;
                die) exit 1 ;;
              esac
              echo .done 0
            done
            """;

    private final Dom0 dom0 = new Dom0(List.of("/bin/sh", "-c", SHELL));

    @AfterEach
    void close() {
        dom0.close();
    }

    @Test
    void oneProcessAnswersManyQuestions() {
        assertThat(dom0.ask(LIMIT, "say", "once")).containsExactly("once", "twice");
        assertThat(dom0.ask(LIMIT, "pid")).isEqualTo(dom0.ask(LIMIT, "pid"));
    }

    @Test
    void itTellsThatDom0MayHaveStartedAnew() {
        dom0.ask(LIMIT, "say", "once");
        long talks = dom0.talks();
        dom0.ask(LIMIT, "say", "more");
        assertThat(dom0.talks()).isEqualTo(talks);
        assertThatThrownBy(() -> dom0.ask(LIMIT, "die")).isInstanceOf(PortUnreachable.class);
        assertThat(dom0.talks()).isNotEqualTo(talks);
        dom0.ask(LIMIT, "say", "again");
        assertThat(dom0.talks()).isNotEqualTo(talks);
    }

    @Test
    void aNoIsARefusalWithDom0sWords() {
        assertThatThrownBy(() -> dom0.ask(LIMIT, "no", "reasons"))
                .isInstanceOf(PortRefusal.class)
                .hasMessageContaining("because of reasons");
    }

    @Test
    void silenceIsUnknownAndTheNextQuestionIsAskedAnew() {
        List<String> before = dom0.ask(LIMIT, "pid");
        assertThatThrownBy(() -> dom0.ask(Duration.ofMillis(200), "hang")).isInstanceOf(PortUnreachable.class);
        assertThat(dom0.ask(LIMIT, "pid")).isNotEqualTo(before);
    }

    @Test
    void aDeathIsUnknownToo() {
        assertThatThrownBy(() -> dom0.ask(LIMIT, "die")).isInstanceOf(PortUnreachable.class);
        assertThat(dom0.ask(LIMIT, "say", "again")).contains("again");
    }

    @Test
    void aCommandThatIsNotThereIsUnreachable() {
        try (Dom0 none = new Dom0(List.of("/nowhere/lpm-dom0"))) {
            assertThatThrownBy(() -> none.ask(LIMIT, "say"))
                    .isInstanceOf(PortUnreachable.class)
                    .hasMessageContaining("/nowhere/lpm-dom0");
        }
    }
}
