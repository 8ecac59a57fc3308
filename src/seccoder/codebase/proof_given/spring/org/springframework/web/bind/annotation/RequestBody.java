package org.springframework.web.bind.annotation;

/** A stand-in for Spring's: the proof passes the body itself. */
public @interface RequestBody {}
