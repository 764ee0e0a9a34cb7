package jasyncio.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The programs of the tour in their order, as {@code index.txt} has them: a line for each, below the headings of the sections. */
record TourIndex(List<Section> sections) {
    /** The programs that one document of the course notes has first. */
    record Section(String heading, List<TourProgram> programs) {}

    static TourIndex read(Path directory) throws IOException {
        List<Section> sections = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("index.txt"))) {
            if (line.startsWith("= ")) {
                sections.add(new Section(line.substring(2), new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                List<String> words = List.of(line.split(" +"));
                sections.getLast()
                        .programs()
                        .add(TourProgram.read(directory, words.getFirst(), words.contains("real")));
            }
        }
        return new TourIndex(sections);
    }

    List<TourProgram> programs() {
        return sections.stream().flatMap(section -> section.programs().stream()).toList();
    }

    /**
     * Returns the program that somebody calls so.
     *
     * @throws IllegalArgumentException if there is none
     */
    TourProgram find(String word) {
        return programs().stream()
                .filter(program -> program.isCalled(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the tour has no program '" + word + "'; did you mean "
                        + nearest(word) + "? ./jasyncio tour --list names all"));
    }

    private String nearest(String word) {
        return programs().stream()
                .min(Comparator.comparingInt(program -> program.distance(word)))
                .map(TourProgram::name)
                .orElseThrow();
    }
}
