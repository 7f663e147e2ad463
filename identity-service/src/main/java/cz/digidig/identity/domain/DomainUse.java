package cz.digidig.identity.domain;

/**
 * What a domain has, deleted accounts that can be restored counted in.
 *
 * @param accounts how many accounts
 * @param quota the sum of their storage limits, in octets
 * @param unlimited how many of them have no storage limit
 */
record DomainUse(long accounts, long quota, long unlimited) {}
