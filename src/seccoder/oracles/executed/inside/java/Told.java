package seccoder;

/** Marks a stand-in that may be asked for its text. */
public interface Told {}
