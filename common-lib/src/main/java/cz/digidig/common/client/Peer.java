package cz.digidig.common.client;

/** A service that others call. */
public enum Peer {
    IDENTITY,
    STORAGE
}
