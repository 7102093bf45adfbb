package io.linkspan.instagram;

import static io.linkspan.instagram.Slot.CAROUSEL;
import static io.linkspan.instagram.Slot.CHILD_IMAGE;
import static io.linkspan.instagram.Slot.CHILD_VIDEO;
import static io.linkspan.instagram.Slot.IMAGE;
import static io.linkspan.instagram.Slot.REEL;
import static io.linkspan.instagram.Slot.STORY_IMAGE;
import static io.linkspan.instagram.Slot.STORY_VIDEO;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A parameter of a container that a post may choose, and where Instagram takes it.
 *
 * @param wire its name
 * @param facebookOnly whether it needs Facebook Login
 * @param check what its value may be
 * @param slots which containers take it
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, parameters</a> (copy of 2026-03-01, read 2026-11-21); caption add-ons: guide of 2026-09-28, read 2026-11-30
 */
record Parameter(String wire, boolean facebookOnly, Checks.Check check, Set<Slot> slots) {
    private static final List<Parameter> ALL = List.of(
            of(OptionNames.ALT_TEXT, false, Checks::altText, IMAGE, CHILD_IMAGE),
            of(
                    OptionNames.USER_TAGS,
                    false,
                    Checks::userTags,
                    IMAGE,
                    REEL,
                    STORY_IMAGE,
                    STORY_VIDEO,
                    CHILD_IMAGE,
                    CHILD_VIDEO),
            of(OptionNames.COLLABORATORS, false, Checks::collaborators, IMAGE, REEL, CAROUSEL),
            of(OptionNames.LOCATION_ID, true, Checks::location, IMAGE, REEL, CAROUSEL),
            of(OptionNames.SHARE_TO_FEED, false, Checks::truth, REEL, CAROUSEL),
            of(OptionNames.THUMB_OFFSET, false, Checks::offset, REEL, CHILD_VIDEO),
            of(OptionNames.AUDIO_NAME, false, Checks::audioName, REEL),
            of(OptionNames.AUDIO_CONFIGURATION, true, Checks::audio, REEL),
            of(OptionNames.TRIAL_PARAMS, false, Checks::trial, REEL),
            of(OptionNames.IS_AI_GENERATED, false, Checks::truth, IMAGE, REEL, STORY_IMAGE, STORY_VIDEO, CAROUSEL),
            of(OptionNames.IS_PAID_PARTNERSHIP, true, Checks::truth, IMAGE, REEL, STORY_IMAGE, STORY_VIDEO, CAROUSEL),
            of(OptionNames.SPONSORS, true, Checks::sponsors, IMAGE, REEL, STORY_IMAGE, STORY_VIDEO, CAROUSEL),
            of(OptionNames.POLL, true, Checks::poll, IMAGE, REEL, CAROUSEL),
            of(OptionNames.OPEN_ENDED_POLL, true, Checks::truth, IMAGE, REEL, CAROUSEL),
            of(OptionNames.COMMENT_PROMPT, true, Checks::truth, IMAGE, REEL, CAROUSEL),
            of(OptionNames.PRODUCT_TAGS, true, Checks::products, IMAGE, REEL, CHILD_IMAGE, CAROUSEL));

    private static Parameter of(String wire, boolean facebookOnly, Checks.Check check, Slot... slots) {
        return new Parameter(wire, facebookOnly, check, Set.of(slots));
    }

    static Optional<Parameter> named(String name) {
        return ALL.stream().filter(it -> it.wire.equals(name)).findFirst();
    }

    /** Names of all that fit a slot, for people. */
    static String namesFor(Slot slot, Login login) {
        return ALL.stream()
                .filter(it -> it.fits(slot) && it.fits(login))
                .map(it -> it.wire)
                .collect(Collectors.joining(", "));
    }

    boolean fits(Slot slot) {
        return slots.contains(slot);
    }

    boolean fits(Login login) {
        return !facebookOnly || login == Login.FACEBOOK;
    }

    /** Where it is taken, for people. */
    String places() {
        List<String> words = Arrays.stream(Slot.values())
                .filter(slots::contains)
                .map(Slot::words)
                .toList();
        return String.join(", ", words);
    }
}
