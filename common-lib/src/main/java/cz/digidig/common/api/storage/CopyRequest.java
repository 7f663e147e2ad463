package cz.digidig.common.api.storage;

/**
 * Messages to be copied or moved.
 *
 * @param uids which, as a set in text form
 * @param target the id of the mailbox that gets them
 */
public record CopyRequest(String uids, String target) {}
