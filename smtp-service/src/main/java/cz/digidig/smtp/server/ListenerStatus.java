package cz.digidig.smtp.server;

import cz.digidig.smtp.settings.MailListener;

/**
 * One listener as it is.
 *
 * @param settings as it was asked for
 * @param open whether it accepts connections
 * @param boundPort the port that it has; 0: it is not open
 * @param connections how many there are
 * @param refused connections refused since it was opened: limits, or past the proxy
 */
public record ListenerStatus(MailListener settings, boolean open, int boundPort, int connections, long refused) {}
