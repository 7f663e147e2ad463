package cz.digidig.common.rest;

import java.io.IOException;

/** A request's body went on past its limit. */
final class BodyTooLarge extends IOException {
    BodyTooLarge(long most) {
        super("the request's body is larger than " + most + " octets");
    }
}
