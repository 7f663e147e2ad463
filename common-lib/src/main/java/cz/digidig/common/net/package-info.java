/**
 * TCP kit of the mail listeners: accepting, proxies in front, permits, deadlines, bounded reading, TLS, orderly shutdown.
 * It knows no mail protocol.
 *
 * <p>Invariants: one virtual thread owns a connection, its reader and its writer. A permit is taken before that thread
 * starts and given back in one place, after the socket is closed; behind a proxy the thread first reads whose connection
 * it is, within five seconds, and only a trusted proxy is heard. Every wait has an end: reads by the connection's read
 * deadline, handshakes and writes by the listener's sweep. An idle connection keeps one kilobyte of buffer. TLS never
 * starts while clear-text octets are unread.
 */
@NullMarked
package cz.digidig.common.net;

import org.jspecify.annotations.NullMarked;
