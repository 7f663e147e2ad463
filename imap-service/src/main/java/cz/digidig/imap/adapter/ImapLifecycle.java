package cz.digidig.imap.adapter;

import cz.digidig.common.config.ChangeRefused;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.imap.server.ImapServer;
import cz.digidig.imap.settings.ImapSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Opens the listeners when all else is up, and closes them first. */
@Component
final class ImapLifecycle implements SmartLifecycle {
    private final ImapServer server;
    private final ConfigurationStore<ImapSettings> settings;
    private volatile boolean running;

    ImapLifecycle(ImapServer server, ConfigurationStore<ImapSettings> settings) {
        this.server = server;
        this.settings = settings;
    }

    @Override
    public void start() {
        try {
            server.apply(settings.current());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
        settings.onChange((_, after) -> {
            try {
                server.apply(after);
            } catch (IOException failed) {
                throw new ChangeRefused(String.valueOf(failed.getMessage()));
            }
        });
        running = true;
    }

    @Override
    public void stop() {
        server.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
