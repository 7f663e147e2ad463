package cz.digidig.system.suite;

/** Somebody with a mailbox: the address, which is the log-in name too, and the password. */
public record Account(String address, String password) {}
