package cz.digidig.client.mailbox;

import cz.digidig.client.backend.Storage;
import cz.digidig.common.api.storage.CopyResult;
import cz.digidig.common.api.storage.FlagChange.Mode;
import cz.digidig.common.api.storage.FlagResult;
import cz.digidig.common.api.storage.MessageColumns;
import cz.digidig.common.mailbox.UidSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Does things to many messages, and says how to take them back: by the opposite, for exactly those that were changed. */
@Component
class Actions {
    private final Storage storage;
    private final Folders folders;

    Actions(Storage storage, Folders folders) {
        this.storage = storage;
        this.folders = folders;
    }

    /**
     * Does it.
     *
     * @param from the folder that they are in
     * @param uids which
     * @param target where a move leads to
     */
    Done act(Action action, Folder from, UidSet uids, String target, Locale language) {
        if (!action.moves()) {
            return flag(action, from, uids);
        }
        if (action == Action.DELETE && from.kind().equals("trash")) {
            int count = (int) Math.min(Integer.MAX_VALUE, uids.size());
            storage.expunge(from.id(), uids.toString());
            return new Done("done.expunge", count, null, null);
        }
        Folder to =
                action == Action.MOVE ? Folders.find(folders.all(language), target) : folders.ofKind(action.folder());
        if (to.id().equals(from.id())) {
            return new Done("done.there", 0, to, null);
        }
        CopyResult moved = storage.move(from.id(), uids.toString(), to.id());
        String back = UriComponentsBuilder.fromPath("/mail/{from}/messages")
                .queryParam("do", Action.MOVE.key())
                .queryParam("to", "{to}")
                .queryParam("uids", "{uids}")
                .build(to.id(), from.id(), UidSet.of(moved.targetUids()).toString())
                .toString();
        return new Done("done.move", moved.targetUids().length, to, back);
    }

    private Done flag(Action action, Folder folder, UidSet uids) {
        String flag = action == Action.READ || action == Action.UNREAD ? "\\Seen" : "\\Flagged";
        Mode mode = action == Action.READ || action == Action.FLAG ? Mode.ADD : Mode.REMOVE;
        FlagResult result = storage.flag(folder.id(), uids.toString(), mode, flag);
        long[] changed = changed(result);
        Action opposite =
                switch (action) {
                    case READ -> Action.UNREAD;
                    case UNREAD -> Action.READ;
                    case FLAG -> Action.UNFLAG;
                    default -> Action.FLAG;
                };
        String back = changed.length == 0
                ? null
                : UriComponentsBuilder.fromPath("/mail/{folder}/messages")
                        .queryParam("do", opposite.key())
                        .queryParam("uids", "{uids}")
                        .build(folder.id(), UidSet.of(changed).toString())
                        .toString();
        return new Done("done." + action.key(), changed.length, null, back);
    }

    private static long[] changed(FlagResult result) {
        MessageColumns rows = result.changed();
        long[] uids = new long[rows.uid().length];
        int count = 0;
        for (int i = 0; i < uids.length; i++) {
            if (result.modSeq() != 0 && rows.modSeq()[i] == result.modSeq()) {
                uids[count++] = rows.uid()[i];
            }
        }
        return Arrays.copyOf(uids, count);
    }

    /** UIDs as they come from a form: a set in text form, or one for each line. */
    static UidSet uids(String set, List<String> sets) {
        return UidSet.parse(set.isEmpty() ? String.join(",", sets) : set);
    }
}
