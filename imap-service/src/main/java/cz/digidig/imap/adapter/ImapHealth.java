package cz.digidig.imap.adapter;

import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.DependencyState;
import cz.digidig.common.health.HealthStatus;
import cz.digidig.common.health.StatsSource;
import cz.digidig.imap.mailbox.ChangeFeed;
import cz.digidig.imap.server.ImapServer;
import org.springframework.stereotype.Component;

/** Whether changes are heard of, and how many sessions there are. */
@Component
final class ImapHealth implements DependencyCheck, StatsSource {
    private final ChangeFeed feed;
    private final ImapServer server;

    ImapHealth(ChangeFeed feed, ImapServer server) {
        this.feed = feed;
        this.server = server;
    }

    /**
     * Figures.
     *
     * @param sessions open now
     * @param changesHeard whether storage's announcements come
     */
    record Figures(int sessions, boolean changesHeard) {}

    @Override
    public String name() {
        return "imap";
    }

    @Override
    public HealthStatus without() {
        return HealthStatus.DEGRADED;
    }

    @Override
    public DependencyState check() {
        return feed.healthy()
                ? new DependencyState(HealthStatus.UP, server.sessions().count() + " sessions")
                : DependencyState.degraded("changes of mailboxes are not announced; each session asks for them");
    }

    @Override
    public Record stats() {
        return new Figures(server.sessions().count(), feed.healthy());
    }
}
