package org.springframework.web.bind.annotation;

/** A stand-in for Spring's: the proof calls the method itself. */
public @interface GetMapping {
    String value() default "";
}
