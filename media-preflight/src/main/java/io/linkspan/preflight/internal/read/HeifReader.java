package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.ColourModel;
import io.linkspan.preflight.MediaFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the item properties of the primary picture of a HEIF or AVIF file. */
final class HeifReader {
    private static final int MOST_PROPERTIES = 256;

    private final Source source;
    private final MediaFacts.Builder facts;
    private final ImageHeader image;
    private final List<Box> properties = new ArrayList<>();
    private long primary = -1;
    private long exifItem = -1;
    private boolean moving;

    @Nullable
    private Box associations;

    @Nullable
    private Box locations;

    HeifReader(Source source, MediaFacts.Builder facts, ImageHeader image) {
        this.source = source;
        this.facts = facts;
        this.image = image;
    }

    void walk() {
        Boxes boxes = new Boxes(source, facts, null, 0, source.size(), true);
        boolean seen = false;
        for (Box box = boxes.next(); box != null; box = boxes.next()) {
            switch (box.name()) {
                case "meta" -> {
                    if (!seen) {
                        seen = true;
                        meta(box.need(4));
                    }
                }
                case "moov" -> moving = true;
                default -> {}
            }
        }
        image.truncated = boxes.wasCut();
        image.animated = moving;
        if (!seen) {
            throw ReadStop.broken("there is no description of the picture (meta)", 0);
        }
        describe();
    }

    private void meta(Box meta) {
        source.readAhead(4096);
        Boxes children = Boxes.in(source, facts, meta, 4);
        for (Box box = children.next(); box != null; box = children.next()) {
            switch (box.name()) {
                case "pitm" -> {
                    boolean wide = source.u8(box.need(6).payload()) > 0;
                    primary = wide ? source.u32(box.need(8).payload() + 4) : source.u16(box.payload() + 4);
                }
                case "iprp" -> properties(box);
                case "iinf" -> items(box);
                case "iloc" -> locations = box;
                default -> {}
            }
        }
        source.readAhead(Source.SCATTERED);
    }

    private void properties(Box iprp) {
        Boxes children = Boxes.in(source, facts, iprp, 0);
        for (Box box = children.next(); box != null; box = children.next()) {
            if (box.type() == FourCc.code("ipco")) {
                Boxes inner = Boxes.in(source, facts, box, 0);
                for (Box property = inner.next(); property != null; property = inner.next()) {
                    if (properties.size() < MOST_PROPERTIES) {
                        properties.add(property);
                    }
                }
            } else if (box.type() == FourCc.code("ipma") && associations == null) {
                associations = box;
            }
        }
    }

    /** Looks for the item of type {@code Exif}. */
    private void items(Box iinf) {
        boolean wide = source.u8(iinf.need(8).payload()) > 0;
        Boxes entries = Boxes.in(source, facts, iinf, wide ? 8 : 6);
        for (Box entry = entries.next(); entry != null; entry = entries.next()) {
            if (entry.type() != FourCc.code("infe") || entry.length() < 14) {
                continue;
            }
            int version = source.u8(entry.payload());
            int at = version >= 3 ? 4 : 2;
            if (version >= 2 && source.s32(entry.payload() + 6 + at) == FourCc.code("Exif")) {
                exifItem = version >= 3 ? source.u32(entry.payload() + 4) : source.u16(entry.payload() + 4);
            }
        }
    }

    private void describe() {
        if (associations == null || primary < 0) {
            throw ReadStop.broken("the picture has no properties", 0);
        }
        int[] turn = {0, -1};
        for (int index : associated(associations)) {
            if (index >= 1 && index <= properties.size()) {
                property(properties.get(index - 1), turn);
            }
        }
        image.orientation = orientation(turn[0], turn[1]);
        if (image.model == null) {
            image.model = ColourModel.YCBCR;
        }
        if (exifItem >= 0 && locations != null) {
            int own = image.orientation;
            exif(locations);
            // the properties turn the picture; the Exif block only repeats it
            image.orientation = own;
        }
    }

    /** The numbers, from 1, of the primary item's properties. */
    private List<Integer> associated(Box ipma) {
        long at = ipma.need(8).payload();
        boolean wideId = source.u8(at) > 0;
        boolean wideIndex = (source.u8(at + 3) & 1) != 0;
        long entries = source.u32(at + 4);
        at += 8;
        for (long i = 0; i < entries && at + (wideId ? 5 : 3) <= ipma.end(); i++) {
            long id = wideId ? source.u32(at) : source.u16(at);
            at += wideId ? 4 : 2;
            int count = source.u8(at++);
            int step = wideIndex ? 2 : 1;
            if (id != primary) {
                at += (long) count * step;
                continue;
            }
            List<Integer> found = new ArrayList<>();
            for (int p = 0; p < count && at + step <= ipma.end(); p++, at += step) {
                found.add(wideIndex ? source.u16(at) & 0x7FFF : source.u8(at) & 0x7F);
            }
            return found;
        }
        throw ReadStop.broken("the picture has no properties", ipma.start());
    }

    private void property(Box box, int[] turn) {
        long at = box.payload();
        switch (box.name()) {
            case "ispe" -> {
                image.width = source.u32(box.need(12).payload() + 4);
                image.height = source.u32(at + 8);
            }
            case "irot" -> turn[0] = source.u8(box.need(1).payload()) & 3;
            case "imir" -> turn[1] = source.u8(box.need(1).payload()) & 1;
            case "pixi" -> {
                int channels = source.u8(box.need(6).payload() + 4);
                image.bitDepth = source.u8(at + 5);
                image.model = channels == 1 ? ColourModel.GREY : ColourModel.YCBCR;
            }
            case "colr" -> {
                String type = source.fourCc(box.need(4).payload());
                image.icc |= type.equals("prof") || type.equals("rICC");
            }
            default -> {}
        }
    }

    /** The Exif orientation of a turn in steps of 90 degrees to the left, then a swap of top and bottom or of sides. */
    private static int orientation(int turn, int mirror) {
        int[][] byTurn = {{1, 4, 2}, {8, 5, 7}, {3, 2, 4}, {6, 7, 5}};
        return byTurn[turn][mirror + 1];
    }

    /** Reads the Exif item where it lies in one piece at a place in the file. */
    private void exif(Box iloc) {
        long at = iloc.need(8).payload();
        int version = source.u8(at);
        int sizes = source.u16(at + 4);
        int offsetSize = sizes >>> 12;
        int lengthSize = sizes >>> 8 & 15;
        int baseSize = sizes >>> 4 & 15;
        int indexSize = version > 0 ? sizes & 15 : 0;
        long items = version < 2 ? source.u16(at + 6) : source.u32(at + 6);
        at += version < 2 ? 8 : 10;
        for (long i = 0; i < items && at + 8 <= iloc.end(); i++) {
            long id = version < 2 ? source.u16(at) : source.u32(at);
            at += version < 2 ? 2 : 4;
            int method = version > 0 ? source.u16(at) & 15 : 0;
            at += version > 0 ? 4 : 2;
            long base = number(at, baseSize);
            at += baseSize;
            int extents = source.u16(at);
            at += 2;
            if (id == exifItem) {
                long offset = Saturating.add(base, number(at + indexSize, offsetSize));
                long length = number(at + indexSize + offsetSize, lengthSize);
                if (method == 0 && extents == 1 && offset >= 0 && length > 4 && offset <= source.size() - length) {
                    long skip = source.u32(offset);
                    Exif.read(source, Saturating.add(offset + 4, skip), length - 4 - skip, image);
                }
                return;
            }
            at += (long) extents * (indexSize + offsetSize + lengthSize);
        }
    }

    private long number(long at, int size) {
        return switch (size) {
            case 4 -> source.u32(at);
            case 8 -> source.s64(at);
            default -> 0;
        };
    }
}
