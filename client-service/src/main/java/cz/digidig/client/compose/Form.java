package cz.digidig.client.compose;

import cz.digidig.common.api.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @throws ProblemException it is longer than a message may be
     */
    Draft toDraft() {
        String formatted = of(html).isBlank() ? "" : RichText.clean(of(html));
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
                kept == null
                        ? List.of()
                        : kept.stream().map(Kept::of).flatMap(Optional::stream).toList());
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
