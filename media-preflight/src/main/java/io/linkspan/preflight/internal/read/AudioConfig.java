package io.linkspan.preflight.internal.read;

import org.jspecify.annotations.Nullable;

/**
 * What an audio configuration box says; 0 and null where it says nothing.
 *
 * @param codec common name
 * @param objectType AAC object type, if it is AAC
 * @param rate samples per second
 * @param channels channels
 * @param bitRate average bits per second
 */
record AudioConfig(String codec, @Nullable String objectType, int rate, int channels, long bitRate) {}
