package org.springframework.web.bind.annotation;

/** A stand-in for Spring's: the proof makes the controller itself. */
public @interface RestController {}
