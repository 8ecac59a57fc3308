package org.springframework.web.bind.annotation;

/** A stand-in for Spring's: the proof passes the argument itself. */
public @interface RequestParam {
    String value() default "";

    String defaultValue() default "";
}
