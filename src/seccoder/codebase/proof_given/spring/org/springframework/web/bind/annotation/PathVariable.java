package org.springframework.web.bind.annotation;

/** A stand-in for Spring's: the proof passes the argument itself. */
public @interface PathVariable {
    String value() default "";

    String defaultValue() default "";
}
