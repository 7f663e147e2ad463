package cz.digidig.smtp.submission;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.smtp.submission.Submissions.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits once for each key: a repeat gets the first answer, another request under the same key 409. */
final class IdempotentSubmissions {
    private static final Logger LOG = LoggerFactory.getLogger(IdempotentSubmissions.class);

    private final Submissions submissions;
    private final Answers answers;

    IdempotentSubmissions(Submissions submissions, Answers answers) {
        this.submissions = submissions;
        this.answers = answers;
    }

    /**
     * A request to submit.
     *
     * @param key its idempotency key; empty: none
     * @param asked what beside the body makes it this request
     */
    record Attempt(String account, String key, String asked, InputStream body) {}

    /** What is answered; {@code repeated}: as before. */
    record Answer(Submitted submitted, boolean repeated) {}

    /** Makes a request of a body. */
    @FunctionalInterface
    interface Reader {
        Request read(InputStream body) throws IOException;
    }

    Answer submit(Attempt attempt, Reader reader) throws IOException {
        if (attempt.key().isEmpty()) {
            return new Answer(submissions.submit(reader.read(attempt.body()), _ -> {}), false);
        }
        String name = Answers.name(attempt.account(), attempt.key());
        if (!answers.begin(name)) {
            throw new ProblemException(ErrorCode.CONFLICT, "a request with this idempotency key is being worked on");
        }
        try {
            return submit(attempt, reader, name);
        } finally {
            answers.end(name);
        }
    }

    private Answer submit(Attempt attempt, Reader reader, String name) throws IOException {
        MessageDigest digest = sha256();
        digest.update((attempt.asked() + "\0").getBytes(StandardCharsets.UTF_8));
        InputStream body = new DigestInputStream(attempt.body(), digest);
        Optional<Answers.Kept> kept = answers.find(name).filter(this::counts);
        if (kept.isPresent()) {
            body.transferTo(OutputStream.nullOutputStream());
            if (!kept.get().request().equals(hex(digest))) {
                throw new ProblemException(
                        ErrorCode.CONFLICT, "the idempotency key was used for another request within 24 hours");
            }
            return new Answer(kept.get().answer(), true);
        }
        String[] request = {""};
        boolean accepted = false;
        try {
            Submitted answer = submissions.submit(reader.read(body), submitted -> {
                request[0] = hex(digest);
                answers.keep(name, new Answers.Kept(request[0], false, submitted));
            });
            accepted = true;
            note(name, new Answers.Kept(request[0], true, answer));
            return new Answer(answer, false);
        } finally {
            if (!accepted) {
                answers.forget(name);
            }
        }
    }

    /** The message is taken, so its answer is given, whatever becomes of the note of that. */
    private void note(String name, Answers.Kept kept) {
        try {
            answers.keep(name, kept);
        } catch (IOException failed) {
            LOG.atWarn().setCause(failed).log("a repeat of a request is recognised only while its message waits");
        }
    }

    /** An answer that a crash may have left without its message counts only if the message is there. */
    private boolean counts(Answers.Kept kept) {
        return kept.taken() || submissions.holds(kept.answer().id());
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
