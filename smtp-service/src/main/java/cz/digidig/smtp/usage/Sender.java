package cz.digidig.smtp.usage;

import cz.digidig.smtp.settings.Submission;

/**
 * Who sends: an account, whose domain may have a limit of its own.
 *
 * @param account the account's id
 * @param domain the domain of its address
 * @param domainMessages how many messages all accounts of the domain together may send in 24 hours; 0: any number
 */
public record Sender(String account, String domain, int domainMessages) {
    /** What the domain's day is kept by; no account's id begins like it. */
    String domainKey() {
        return "@" + domain;
    }

    Submission domainLimits() {
        return new Submission(0, 0, domainMessages, 0);
    }
}
