package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.ColourModel;
import io.linkspan.preflight.MediaFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the item properties of the primary picture of a HEIF or AVIF file. */
final class HeifReader {
    private static final int MOST_PROPERTIES = 256;
    private static final String RDF = "application/rdf+xml";

    private final Source source;
    private final MediaFacts.Builder facts;
    private final ImageHeader image;
    private final boolean hevc;
    private final List<Box> properties = new ArrayList<>();
    private long primary = -1;
    /** The type of the primary item. */
    private int coded;

    private long exifItem = -1;
    private long xmpItem = -1;
    private boolean moving;

    @Nullable
    private Box associations;

    @Nullable
    private Box items;

    @Nullable
    private Box locations;

    /** Data inside the description. */
    @Nullable
    private Box inside;

    HeifReader(Source source, MediaFacts.Builder facts, ImageHeader image, boolean hevc) {
        this.hevc = hevc;
        this.source = source;
        this.facts = facts;
        this.image = image;
    }

    void walk() {
        Boxes boxes = new Boxes(source, facts, null, 0, source.size(), true);
        boolean seen = false;
        boolean low = false;
        for (Box box = boxes.next(); box != null; box = boxes.next()) {
            switch (box.name()) {
                case "meta" -> {
                    if (!seen) {
                        seen = true;
                        meta(box.need(4));
                    }
                }
                case "moov" -> moving = true;
                case "mini" -> {
                    if (!seen) {
                        seen = true;
                        low = true;
                        new Mini(source, image, hevc).read(box);
                    }
                }
                default -> {}
            }
        }
        image.truncated = boxes.wasCut();
        image.animated = moving;
        if (!seen) {
            // a moving picture alone is read no further
            image.pictures = moving;
            throw moving
                    ? ReadStop.limit("moving pictures are not read", 0)
                    : ReadStop.broken("there is no description of the picture (meta)", 0);
        }
        if (!low) {
            describe();
        }
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
                case "iinf" -> items = box;
                case "idat" -> inside = box;
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

    /** Looks for the primary item, and for those that may say where it was recorded. */
    private void items(Box iinf) {
        boolean wide = source.u8(iinf.need(8).payload()) > 0;
        Boxes entries = Boxes.in(source, facts, iinf, wide ? 8 : 6);
        for (Box entry = entries.next(); entry != null; entry = entries.next()) {
            int version = entry.length() < 12 ? 0 : source.u8(entry.payload());
            int at = version >= 3 ? 4 : 2;
            // an identifier, a protection and a type; a name without letters may be left out
            if (entry.type() != FourCc.code("infe") || version < 2 || entry.length() < 10 + at) {
                continue;
            }
            long id = version >= 3 ? source.u32(entry.payload() + 4) : source.u16(entry.payload() + 4);
            int type = source.s32(entry.payload() + 6 + at);
            coded = id == primary ? type : coded;
            if (type == FourCc.code("Exif")) {
                exifItem = id;
            } else if (type == FourCc.code("mime") && isXmp(entry, entry.payload() + 10 + at)) {
                xmpItem = id;
            }
        }
    }

    /** The name ends in a zero byte, and then comes the kind of the content. */
    private boolean isXmp(Box entry, long name) {
        long at = name;
        while (at < entry.end() && source.u8(at) != 0) {
            at++;
        }
        return at + 1 + RDF.length() <= entry.end() && Octets.match(source::u8, at + 1, RDF);
    }

    private void describe() {
        if (associations == null || primary < 0) {
            throw ReadStop.broken("the picture has no properties", 0);
        }
        if (items != null) {
            items(items);
        }
        int[] turn = {0, -1};
        @Nullable Box configuration = null;
        for (int index : associated(associations)) {
            if (index >= 1 && index <= properties.size()) {
                Box box = properties.get(index - 1);
                property(box, turn);
                configuration = box.name().equals("hvcC") || box.name().equals("av1C") ? box : configuration;
            }
        }
        configuration(configuration);
        image.orientation = orientation(turn[0], turn[1]);
        if (image.model == null) {
            image.model = ColourModel.YCBCR;
        }
        content();
    }

    /** What a decoder starts with; a grid has it with its tiles. */
    private void configuration(@Nullable Box own) {
        boolean hevc = coded == FourCc.code("hvc1");
        if (own == null && (hevc || coded == FourCc.code("av01"))) {
            image.undecodable("the picture has no decoder configuration", 0);
        }
        Box box = own;
        for (int i = 0; box == null && i < properties.size(); i++) {
            String name = properties.get(i).name();
            box = name.equals("hvcC") || name.equals("av1C") ? properties.get(i) : null;
        }
        if (box != null) {
            Picture picture = picture(source, box, box.name().equals("hvcC"), image);
            if (picture != null && image.bitDepth == 0) {
                image.bitDepth = picture.bitDepth();
                image.model = picture.chroma().equals("4:0:0") ? ColourModel.GREY : ColourModel.YCBCR;
            }
        }
    }

    /** What a decoder configuration says, or null if it says nothing, which the image then states. */
    static @Nullable Picture picture(Source source, Box box, boolean hevc, ImageHeader image) {
        Track track = new Track();
        try {
            if (hevc) {
                ParameterSets.hevc(source, box, track);
            } else {
                ParameterSets.av1(source, box, track);
            }
        } catch (ReadStop e) {
            if (e.isLimit()) {
                throw e;
            }
            image.undecodable("the decoder configuration says nothing: " + e.reason(), box.start());
            return null;
        }
        if (track.picture == null || (hevc && !track.pictureSets)) {
            image.undecodable("the decoder configuration has no parameter sets", box.start());
        }
        return track.picture;
    }

    /** Where the picture lies, and what else may say where it was recorded. */
    private void content() {
        if (locations == null) {
            return;
        }
        Place picture = place(locations, primary);
        image.pictures = picture != null && picture.length > 0;
        if (picture != null && picture.at >= 0 && !picture.isWhole(source)) {
            image.truncated = true;
        }
        Place exif = exifItem < 0 ? null : place(locations, exifItem);
        if (exif != null && exif.length > 4 && exif.isWhole(source)) {
            int own = image.orientation;
            long skip = 4 + source.u32(exif.at);
            Exif.read(source::u8, Saturating.add(exif.at, skip), exif.length - skip, image);
            // the properties turn the picture; the Exif block only repeats it
            image.orientation = own;
        }
        Place xmp = xmpItem < 0 || image.location ? null : place(locations, xmpItem);
        if (xmp != null && xmp.isWhole(source)) {
            image.location = image.xmp.hasPosition(source::u8, xmp.at, xmp.length);
        }
    }

    /** The first piece of an item. */
    private record Place(long at, long length) {
        boolean isWhole(Source source) {
            return at >= 0 && length >= 0 && at <= source.size() - length;
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

    /** Where an item lies in the file or inside the description; before the file if somewhere else, null if nowhere. */
    private @Nullable Place place(Box iloc, long item) {
        long at = iloc.need(8).payload();
        int version = source.u8(at);
        int sizes = source.u16(at + 4);
        int offsetSize = sizes >>> 12;
        int lengthSize = sizes >>> 8 & 15;
        int baseSize = sizes >>> 4 & 15;
        int indexSize = version > 0 ? sizes & 15 : 0;
        long items = version < 2 ? source.u16(at + 6) : source.u32(at + 6);
        at += version < 2 ? 8 : 10;
        for (long i = 0; i < items && at + 6 <= iloc.end(); i++) {
            long id = version < 2 ? source.u16(at) : source.u32(at);
            at += version < 2 ? 2 : 4;
            int method = version > 0 ? source.u16(at) & 15 : 0;
            at += version > 0 ? 4 : 2;
            long base = number(at, baseSize);
            at += baseSize;
            int extents = source.u16(at);
            at += 2;
            if (id == item) {
                long offset = Saturating.add(base, number(at + indexSize, offsetSize));
                // without a length it is all there is
                long rest = lengthSize == 0 ? source.size() - offset : number(at + indexSize + offsetSize, lengthSize);
                boolean here = method == 0 || (method == 1 && inside != null);
                if (extents == 0) {
                    return null;
                }
                long start = method == 0 || inside == null ? offset : Saturating.add(inside.payload(), offset);
                return here ? new Place(start, rest) : new Place(-1, 1);
            }
            at += (long) extents * (indexSize + offsetSize + lengthSize);
        }
        return null;
    }

    private long number(long at, int size) {
        return switch (size) {
            case 4 -> source.u32(at);
            case 8 -> source.s64(at);
            default -> 0;
        };
    }
}
