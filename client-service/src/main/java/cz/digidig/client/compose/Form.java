package cz.digidig.client.compose;

import cz.digidig.common.api.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of the page on which a message is written; each may be missing. */
record Form(
        @Nullable String draft,
        @Nullable String messageId,
        @Nullable String from,
        @Nullable String to,
        @Nullable String cc,
        @Nullable String bcc,
        @Nullable String subject,
        @Nullable String text,
        @Nullable String html,
        @Nullable String inReplyTo,
        @Nullable String references,
        @Nullable String answers,
        @Nullable String receipt,
        @Nullable List<String> kept) {
    private static String of(@Nullable String value) {
        return value == null ? "" : value;
    }

    String id() {
        return of(draft);
    }

    /**
     * What was written, harmless.
     *
     * @param added what comes along: pictures of the text that are neither there nor among the kept ones are left out
     * @throws ProblemException it is longer than a message may be
     */
    Draft toDraft(List<MimeWriter.File> added) {
        List<Kept> had = kept == null
                ? List.of()
                : kept.stream().map(Kept::of).flatMap(Optional::stream).toList();
        Set<String> known = Stream.concat(
                        had.stream().map(Kept::contentId), added.stream().map(MimeWriter.File::contentId))
                .collect(Collectors.toSet());
        String formatted = of(html).isBlank() ? "" : Pictures.only(known, RichText.clean(of(html)));
        Set<String> used = Pictures.in(formatted);
        Stream<Kept> files = formatted.isEmpty()
                ? had.stream().map(Kept::asFile)
                : had.stream().filter(one -> one.contentId().isEmpty() || used.contains(one.contentId()));
        return new Draft(
                id(),
                of(messageId),
                of(from),
                of(to),
                of(cc),
                of(bcc),
                of(subject),
                formatted.isEmpty() ? of(text).replace("\r\n", "\n") : RichText.text(formatted),
                formatted,
                of(inReplyTo),
                of(references),
                of(answers),
                receipt != null,
                files.toList());
    }

    /** What keeps it from being sent, by field. */
    Map<String, String> problems(int mostRecipients) {
        Map<String, String> problems = new HashMap<>();
        fields().forEach((name, typed) -> {
            if (!MimeWriter.readable(typed)) {
                problems.put(name, "compose.problem.address");
            }
        });
        int count = fields().values().stream()
                .mapToInt(typed -> MimeWriter.recipients(typed).size())
                .sum();
        if (count == 0 && problems.isEmpty()) {
            problems.put("to", "compose.problem.nobody");
        } else if (count > mostRecipients) {
            problems.put("to", "compose.problem.many");
        }
        return problems;
    }

    private Map<String, String> fields() {
        return Map.of("to", of(to), "cc", of(cc), "bcc", of(bcc));
    }
}
