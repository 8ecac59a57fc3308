package org.springframework.web.server;

import org.springframework.http.HttpStatus;

/** A stand-in for Spring's: its message is the status. */
public class ResponseStatusException extends RuntimeException {
    public ResponseStatusException(HttpStatus status) {
        super(status.name());
    }
}
