package cz.digidig.common.api.storage;

/**
 * The outcome of COPY or MOVE (COPYUID, RFC 4315 §3).
 *
 * @param uidValidity the target's
 * @param sourceUids the UIDs in the source, ascending
 * @param targetUids the UIDs in the target, in the same order
 * @param sourceModSeq the source's highest mod-sequence afterwards
 */
public record CopyResult(long uidValidity, long[] sourceUids, long[] targetUids, long sourceModSeq) {}
