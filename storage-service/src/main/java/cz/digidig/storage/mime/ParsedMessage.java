package cz.digidig.storage.mime;

import cz.digidig.common.api.storage.RenderedMessage.PartLayout;

/**
 * All that is kept of a message beside its octets. Everything here is derived from them, so it can be made again.
 *
 * @param envelope the value of ENVELOPE, octets as ISO 8859-1 characters, ready to be sent (RFC 9051 §7.5.2)
 * @param bodyStructure the value of BODYSTRUCTURE, likewise
 * @param body the value of BODY, likewise
 * @param layout where the parts lie
 * @param threadId the conversation that it belongs to: equal for messages with the same first reference
 * @param facts what lists show
 * @param search what searches look through
 */
public record ParsedMessage(
        String envelope,
        String bodyStructure,
        String body,
        PartLayout layout,
        String threadId,
        MessageFacts facts,
        SearchText search) {}
