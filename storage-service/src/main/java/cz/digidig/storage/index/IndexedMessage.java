package cz.digidig.storage.index;

import cz.digidig.storage.journal.MessageId;
import cz.digidig.storage.mime.MessageFacts;
import cz.digidig.storage.mime.SearchText;

/**
 * What the index takes of a message.
 *
 * @param id whose
 * @param facts what lists show
 * @param text what searches look through
 */
public record IndexedMessage(MessageId id, MessageFacts facts, SearchText text) {}
