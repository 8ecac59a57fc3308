package org.springframework.web.bind.annotation;

/** A stand-in for Spring's: the proof passes the argument itself. */
public @interface RequestHeader {
    String value() default "";

    String defaultValue() default "";
}
