package cz.digidig.client.export;

import cz.digidig.client.backend.Storage;
import cz.digidig.client.mailbox.Folder;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MessageColumns;
import cz.digidig.common.client.ServiceUnavailable;
import cz.digidig.common.mailbox.MessageFlag;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Takes folders' messages from storage into an archive, the oldest first. */
@Component
class MailboxExport {
    private final Storage storage;

    MailboxExport(Storage storage) {
        this.storage = storage;
    }

    void write(List<Folder> folders, Archive archive) throws IOException {
        for (Folder folder : folders) {
            long after = 0;
            boolean more = true;
            while (more) {
                MailboxChanges page = storage.after(folder.id(), after);
                MessageColumns columns = page.changed();
                write(folder, columns, archive);
                int count = columns.uid().length;
                more = page.more() && count > 0;
                after = count > 0 ? columns.uid()[count - 1] : after;
            }
        }
    }

    private void write(Folder folder, MessageColumns columns, Archive archive) {
        Map<Long, List<String>> keywords = columns.keywords().stream()
                .collect(Collectors.toMap(MessageColumns.Keywords::uid, MessageColumns.Keywords::names));
        for (int i = 0; i < columns.uid().length; i++) {
            long uid = columns.uid()[i];
            Kept message = new Kept(
                    folder.path(),
                    uid,
                    MessageFlag.fromBits(columns.flags()[i]),
                    keywords.getOrDefault(uid, List.of()),
                    Instant.ofEpochMilli(columns.internalDate()[i]));
            write(folder, columns.id()[i], message, archive);
        }
    }

    private void write(Folder folder, String id, Kept message, Archive archive) {
        try {
            storage.raw(folder.id(), id, answer -> {
                if (answer.getStatusCode().value() != HttpStatus.OK.value()) {
                    throw new ServiceUnavailable("storage answers " + answer.getStatusCode(), null);
                }
                archive.add(message, answer.getBody());
            });
        } catch (ProblemException gone) {
            // Deleted since it was listed.
            if (gone.code() != ErrorCode.NOT_FOUND) {
                throw gone;
            }
        }
    }
}
