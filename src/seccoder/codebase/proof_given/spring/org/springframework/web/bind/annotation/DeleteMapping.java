package org.springframework.web.bind.annotation;

/** A stand-in for Spring's: the proof calls the method itself. */
public @interface DeleteMapping {
    String value() default "";
}
