package cz.digidig.common.folder;

/** What a service finds was written by a newer release, whose form it can't know: it ends before it changes anything. */
public final class NewerData extends RuntimeException {
    private final String writtenBy;

    /**
     * Says what is newer.
     *
     * @param what where it is, e.g. {@code the data in /app/data}
     * @param format its format, e.g. {@code 3}
     * @param writtenBy the release that made it so; empty: not known
     * @param known the newest format that this program knows
     */
    public NewerData(String what, String format, String writtenBy, String known) {
        super("%s is of format %s%s, newer than this program, which knows formats up to %s"
                .formatted(what, format, writtenBy.isEmpty() ? "" : " (release " + writtenBy + ")", known));
        this.writtenBy = writtenBy;
    }

    String remedy() {
        return "Start %s, or restore a backup from before the upgrade. Nothing was changed."
                .formatted(
                        writtenBy.isEmpty() ? "the release that wrote it" : "release " + writtenBy + " or a newer one");
    }
}
