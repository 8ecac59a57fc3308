package org.springframework.web.multipart;

import java.io.IOException;

/** A stand-in for the part of Spring's that says what was uploaded. */
public interface MultipartFile {
    String getOriginalFilename();

    String getContentType();

    long getSize();

    byte[] getBytes() throws IOException;
}
