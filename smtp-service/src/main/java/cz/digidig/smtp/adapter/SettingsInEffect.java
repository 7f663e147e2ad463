package cz.digidig.smtp.adapter;

import cz.digidig.common.config.ChangeRefused;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.smtp.delivery.RemoteScheduler;
import cz.digidig.smtp.server.SmtpServer;
import cz.digidig.smtp.settings.SmtpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.stereotype.Component;

/** Puts changed settings into effect that nobody asks for when he needs them: listeners, the log, waiting mail. */
@Component
final class SettingsInEffect {
    private static final String OURS = "cz.digidig";

    private final SmtpServer server;
    private final RemoteScheduler remote;
    private final ConfigurationStore<SmtpSettings> settings;
    private final LoggingSystem logging;

    SettingsInEffect(
            SmtpServer server,
            RemoteScheduler remote,
            ConfigurationStore<SmtpSettings> settings,
            LoggingSystem logging) {
        this.server = server;
        this.remote = remote;
        this.settings = settings;
        this.logging = logging;
    }

    /**
     * The first time.
     *
     * @throws IOException a listener can't be opened
     */
    void begin() throws IOException {
        logging.setLogLevel(OURS, level(settings.current()));
        server.apply(settings.current());
        settings.onChange(this::change);
        settings.afterChange(remote::limitsChanged);
    }

    private void change(SmtpSettings before, SmtpSettings after) {
        if (!before.outbound().equals(after.outbound())) {
            checkSource("outbound.sourceIpv4", after.outbound().sourceIpv4());
            checkSource("outbound.sourceIpv6", after.outbound().sourceIpv6());
        }
        try {
            server.apply(after);
        } catch (IOException failed) {
            throw new ChangeRefused(String.valueOf(failed.getMessage()));
        }
        logging.setLogLevel(OURS, level(after));
    }

    /** Mail could not go out from an address that this machine doesn't have. */
    private static void checkSource(String field, String address) {
        if (address.isEmpty()) {
            return;
        }
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
        } catch (IOException absent) {
            throw new ChangeRefused(field + ": this machine has no address " + address);
        }
    }

    private static LogLevel level(SmtpSettings settings) {
        return switch (settings.logLevel()) {
            case ERROR -> LogLevel.ERROR;
            case WARN -> LogLevel.WARN;
            case INFO -> LogLevel.INFO;
            case DEBUG -> LogLevel.DEBUG;
        };
    }
}
