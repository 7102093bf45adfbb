package io.linkspan.internal.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.publish.PublishState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of the code against the model that is searched, {@code docs/models/publish.pml}. */
class ModelTest {
    private static final String OVER = "OVER";

    /** Which state of the model stands for a phase of the code. */
    private static final Map<Phase, String> MODEL = Map.ofEntries(
            Map.entry(Phase.ACCEPTED, "QUEUED"),
            Map.entry(Phase.PREPARING, "QUEUED"),
            Map.entry(Phase.PREPARED, "PREPARED"),
            Map.entry(Phase.COMMITTING, "COMMITTING"),
            Map.entry(Phase.CONFIRMING, "COMMITTING"),
            Map.entry(Phase.IN_DOUBT, "COMMITTING"),
            Map.entry(Phase.AWAITING_DECISION, "DECIDE"),
            Map.entry(Phase.PUBLISHED, "PUBLISHED"),
            Map.entry(Phase.DELIVERED, "PUBLISHED"), // what the one commit was for is there
            Map.entry(Phase.FAILED, OVER),
            Map.entry(Phase.CANCELLED, OVER),
            Map.entry(Phase.EXPIRED, OVER));

    /** What the code does beyond the model, and why that cannot post twice. */
    private static final Map<String, String> BEYOND = new TreeMap<>(Map.of(
            "QUEUED OVER", "stopped or refused before any commit: nothing is on its way",
            "PREPARED OVER", "the same",
            "PREPARED QUEUED", "the handle ended uncommitted, or was seen dead",
            "COMMITTING OVER", "a definite refusal, or a handle seen dead"));

    /** A worker of the model that finds no handle left decides; the code ends the job as failed. */
    private static final String NO_HANDLE_LEFT = "QUEUED DECIDE";

    private static Set<String> ofTheModel() throws IOException {
        Path file = Path.of(System.getProperty("basedir", ".")).resolve("../docs/models/publish.pml");
        String model = Files.readString(file);
        String worker = model.substring(model.indexOf("proctype Worker()"), model.indexOf("out: skip"));
        worker = worker.replaceAll("(?s)#if (RECOMMIT|EARLY).*?#endif", ""); // the mutants
        Set<String> moves = new TreeSet<>();
        List<String> blocks =
                Pattern.compile(":: s == ").splitAsStream(worker).skip(1).toList();
        for (String block : blocks) {
            String state = block.substring(0, block.indexOf(' '));
            Matcher assigned = Pattern.compile("\\bst = ([A-Z]+)").matcher(block);
            while (assigned.find()) {
                moves.add(state + " " + assigned.group(1));
                state = assigned.group(1).equals("COMMITTING") ? "COMMITTING" : state; // the answer follows the send
            }
        }
        // what is learned of a commit, by an answer or by a person, moves the job out of the state in which it finds it
        Matcher learned = Pattern.compile(":: (?:atomic \\{ )?\\(?st == ([A-Z]+)[^;\n]*? -> st = ([A-Z]+)")
                .matcher(model);
        while (learned.find()) {
            moves.add(learned.group(1) + " " + learned.group(2));
        }
        return moves;
    }

    private static Set<String> ofTheCode() {
        Set<String> moves = new TreeSet<>();
        PublishMachine.MOVES.forEach((from, all) -> all.forEach(to -> {
            if (!MODEL.get(from).equals(MODEL.get(to))) {
                moves.add(MODEL.get(from) + " " + MODEL.get(to));
            }
        }));
        return moves;
    }

    @Test
    void table_isTheModelAndWhatIsNamedBesides() throws IOException {
        Set<String> expected = ofTheModel();
        expected.remove(NO_HANDLE_LEFT);
        expected.addAll(BEYOND.keySet());

        assertEquals(expected, ofTheCode());
    }

    @Test
    void model_isReadAsItStands() throws IOException {
        assertEquals(
                Set.of(
                        NO_HANDLE_LEFT,
                        "QUEUED PREPARED",
                        "PREPARED COMMITTING",
                        "COMMITTING PREPARED",
                        "COMMITTING PUBLISHED",
                        "COMMITTING QUEUED",
                        "COMMITTING DECIDE",
                        "QUEUED PUBLISHED",
                        "PREPARED PUBLISHED",
                        "DECIDE PUBLISHED",
                        "OVER PUBLISHED",
                        "QUEUED COMMITTING",
                        "DECIDE COMMITTING",
                        "DECIDE PREPARED",
                        "DECIDE QUEUED",
                        "DECIDE OVER"),
                ofTheModel());
    }
}
