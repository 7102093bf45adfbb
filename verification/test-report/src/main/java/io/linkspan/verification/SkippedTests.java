package io.linkspan.verification;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Prints each skipped test with its reason, from the reports of all modules. */
public final class SkippedTests {
    private SkippedTests() {}

    /**
     * Prints.
     *
     * @param arguments the root folder of the project
     * @throws Exception when a report cannot be read
     */
    public static void main(String[] arguments) throws Exception {
        int tests = 0;
        List<String> skipped = new ArrayList<>();
        DocumentBuilder parser = parser();
        for (Path report : reports(Path.of(arguments[0]))) {
            NodeList cases = cases(parser, report);
            tests += cases.getLength();
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                NodeList marks = test.getElementsByTagName("skipped");
                if (marks.getLength() > 0) {
                    skipped.add(line(test, (Element) marks.item(0)));
                }
            }
        }
        System.out.println("Skipped " + skipped.size() + " of " + tests + " tests" + (skipped.isEmpty() ? "." : ":"));
        skipped.stream().sorted().forEach(System.out::println);
    }

    private static String line(Element test, Element mark) {
        String name = test.getAttribute("classname").replaceFirst(".*\\.", "");
        // an assumption that failed has no message here, only its stack trace
        String text = mark.hasAttribute("message") ? mark.getAttribute("message") : mark.getTextContent();
        String first = text.lines().findFirst().orElse("no reason given");
        String reason = first.replaceFirst("^(?:[\\w.]+Exception: )?(?:Assumption failed: )?(?i:skipped: )?", "");
        return "  " + name + "." + test.getAttribute("name") + ": " + reason;
    }

    private static List<Path> reports(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean without = name.equals("src") || name.equals("node_modules") || name.startsWith(".");
                return without ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean report = file.getParent().getFileName().toString().matches("(?:surefire|proof)-reports")
                        && file.getFileName().toString().matches("TEST-.*\\.xml");
                if (report) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static NodeList cases(DocumentBuilder parser, Path report) throws IOException, SAXException {
        return parser.parse(report.toFile()).getElementsByTagName("testcase");
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder();
    }
}
