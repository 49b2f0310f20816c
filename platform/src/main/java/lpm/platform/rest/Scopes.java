package lpm.platform.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scopes a token needs for an endpoint, all of them, such as {@code linodes:read_write}. An empty list asks for a
 * valid token only. Below {@code /ops} it must be an operator's token.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Scopes {
    /** Areas and rights, joined by a colon. */
    String[] value();
}
