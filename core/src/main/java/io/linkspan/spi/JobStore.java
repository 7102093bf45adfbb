package io.linkspan.spi;

/** Keeps publications, jobs and lanes. */
public interface JobStore extends RecordStore {}
