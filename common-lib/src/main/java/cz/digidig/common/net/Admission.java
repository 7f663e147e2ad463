package cz.digidig.common.net;

/**
 * Who may connect to a listener. It is asked for each connection, so a change counts from the next one on.
 *
 * @param limits what connections may use
 * @param proxies who stands between
 */
public record Admission(ConnectionLimits limits, ProxySources proxies) {}
