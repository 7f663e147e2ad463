package cz.digidig.common.api.storage;

/**
 * Where a message was put (APPENDUID, RFC 4315 §3).
 *
 * @param uidValidity the mailbox's
 * @param uid the message's UID
 * @param modSeq its mod-sequence
 * @param id the message's id
 */
public record AppendResult(long uidValidity, long uid, long modSeq, String id) {}
