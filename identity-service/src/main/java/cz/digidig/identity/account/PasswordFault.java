package cz.digidig.identity.account;

/** Why a password is not allowed. Pages have a sentence for each, under its name. */
public enum PasswordFault {
    TOO_SHORT,
    TOO_LONG,
    ADDRESS,
    COMMON,
    UNCHANGED
}
