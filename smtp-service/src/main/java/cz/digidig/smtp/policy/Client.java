package cz.digidig.smtp.policy;

import java.net.InetAddress;

/**
 * Who is on the other side.
 *
 * @param address its address
 * @param hello the name that it greeted with
 */
public record Client(InetAddress address, String hello) {}
