package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.ColourModel;
import io.linkspan.preflight.Container;
import io.linkspan.preflight.Damage;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.Size;
import org.jspecify.annotations.Nullable;

/** What an image's header said, gathered while it is walked. */
final class ImageHeader {
    private static final long LARGEST_SIDE = 1 << 17;

    long width;
    long height;
    int orientation = 1;
    int bitDepth;

    @Nullable
    ColourModel model;

    boolean icc;
    boolean alpha;
    boolean animated;
    boolean progressive;
    boolean location;
    /** Whether data of a picture was met. */
    boolean pictures;
    /** Why no decoder can show the picture. */
    @Nullable
    Damage undecodable;

    final Xmp xmp = new Xmp();
    /** Null as long as it is not known. */
    @Nullable
    Boolean truncated;

    /** Why it is not known whether the image has a place of recording. */
    @Nullable
    String unlocated;

    String openEnd = "the image does not say where it ends";

    /** Runs a format's walk; where it stops, the facts read so far still count. */
    void read(Source source, MediaFacts.Builder facts, Container container, Runnable walk) {
        @Nullable ReadStop stop = null;
        try {
            walk.run();
        } catch (ReadStop e) {
            stop = e;
            facts.damage(new Damage(e.reason(), "", e.offset()));
            if (!e.isLimit() && e.offset() >= source.size()) {
                truncated = true;
            }
        }
        report(facts, container, stop == null ? null : stop.reason());
        if (stop == null || !stop.isLimit()) {
            Damage nothing = nothingToShow(stop);
            if (nothing != null) {
                facts.unreadable(nothing);
            }
        }
    }

    /** States why no decoder can show the picture; the first reason counts. */
    void undecodable(String what, long at) {
        if (undecodable == null) {
            undecodable = new Damage(what + ", so nothing can be shown", "", at);
        }
    }

    /** Why there is nothing to show; what a cut file had is not known. */
    private @Nullable Damage nothingToShow(@Nullable ReadStop stop) {
        boolean cut = truncated != null && truncated;
        if (undecodable != null || cut) {
            return cut ? null : undecodable;
        }
        boolean sized = width > 0 && height > 0;
        if (sized && pictures) {
            return null;
        }
        String what = stop != null && !sized
                ? "the image does not say its size: " + stop.reason()
                : sized ? "the image has no picture data" : "the image claims a size of " + width + "x" + height;
        return new Damage(what + ", so nothing can be shown", "", stop == null ? 0 : stop.offset());
    }

    /** States the facts; with a problem, what was not met before it stays unknown. */
    private void report(MediaFacts.Builder facts, Container container, @Nullable String problem) {
        facts.known(FactKey.CONTAINER, container);
        facts.known(FactKey.IMAGE_ORIENTATION, orientation);
        if (width > 0 && height > 0 && width <= LARGEST_SIDE && height <= LARGEST_SIDE) {
            Size size = new Size((int) width, (int) height);
            facts.known(FactKey.IMAGE_SIZE, size);
            facts.known(FactKey.IMAGE_DISPLAY_SIZE, orientation >= 5 ? new Size((int) height, (int) width) : size);
        } else if (problem == null) {
            String claim = "the image claims an impossible size of " + width + "x" + height;
            facts.unknown(FactKey.IMAGE_SIZE, claim);
            facts.unknown(FactKey.IMAGE_DISPLAY_SIZE, claim);
        }
        if (model != null) {
            facts.known(FactKey.IMAGE_COLOUR_MODEL, model);
            facts.known(
                    FactKey.IMAGE_COMPONENTS,
                    switch (model) {
                        case GREY -> 1;
                        case RGB, YCBCR, PALETTE -> 3;
                        case CMYK -> 4;
                    });
        }
        if (bitDepth > 0) {
            facts.known(FactKey.IMAGE_BIT_DEPTH, bitDepth);
        }
        if (truncated != null) {
            facts.known(FactKey.TRUNCATED, truncated);
        } else {
            facts.unknown(FactKey.TRUNCATED, problem == null ? openEnd : problem);
        }
        flag(facts, FactKey.IMAGE_ICC, icc, problem);
        flag(facts, FactKey.IMAGE_ALPHA, alpha, problem);
        flag(facts, FactKey.IMAGE_ANIMATED, animated, problem);
        if (unlocated == null && xmp.isPartial()) {
            unlocated = "only a part of the XMP was searched";
        }
        flag(facts, FactKey.LOCATION, location, problem == null ? unlocated : problem);
        if (width > 0) {
            facts.known(FactKey.IMAGE_PROGRESSIVE, progressive);
        }
        if (unlocated != null && problem == null) {
            facts.unknownIfUnset(FactKey.LOCATION, unlocated);
        }
        for (FactKey<?> key : FactKey.all()) {
            if (key.appliesTo(MediaKind.IMAGE)) {
                facts.unknownIfUnset(key, problem == null ? "the image does not say" : problem);
            }
        }
    }

    private static void flag(MediaFacts.Builder facts, FactKey<Boolean> key, boolean value, @Nullable String problem) {
        if (value || problem == null) {
            facts.known(key, value);
        }
    }
}
