package cz.digidig.common.net;

import java.net.SocketTimeoutException;

/** The peer took longer than a deadline allows. */
public final class DeadlinePassed extends SocketTimeoutException {
    DeadlinePassed(String what) {
        super(what);
    }
}
