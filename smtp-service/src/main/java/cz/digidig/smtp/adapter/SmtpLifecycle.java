package cz.digidig.smtp.adapter;

import cz.digidig.smtp.delivery.DeliveryScheduler;
import cz.digidig.smtp.delivery.RemoteScheduler;
import cz.digidig.smtp.server.SmtpServer;
import cz.digidig.smtp.spool.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts and stops in the right order: what takes mail in goes last up and first down. */
@Component
final class SmtpLifecycle implements SmartLifecycle {
    private final Spool spool;
    private final DeliveryScheduler deliveries;
    private final RemoteScheduler remote;
    private final SmtpServer server;
    private final SettingsInEffect settings;
    private volatile boolean running;

    SmtpLifecycle(
            Spool spool,
            DeliveryScheduler deliveries,
            RemoteScheduler remote,
            SmtpServer server,
            SettingsInEffect settings) {
        this.spool = spool;
        this.deliveries = deliveries;
        this.remote = remote;
        this.server = server;
        this.settings = settings;
    }

    @Override
    public void start() {
        spool.onAccepted(message -> {
            deliveries.accepted(message);
            remote.schedule(message);
        });
        spool.onCancelled(message -> {
            deliveries.forget(message);
            remote.forget(message);
        });
        deliveries.start();
        try {
            settings.begin();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
        // After the listeners: only then it is known what would lead back here.
        remote.start();
        // Last: it reads the spool, which takes seconds where very many wait.
        spool.eachRecovered(message -> {
            deliveries.schedule(message);
            remote.schedule(message);
        });
        running = true;
    }

    @Override
    public void stop() {
        server.close();
        remote.close();
        deliveries.close();
        spool.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
