/**
 * Forms for the services' configurations, built from the JSON Schema that each service gives: a form is written from schema
 * and values, read back into JSON by the same schema, shown as differences, and saved under the ETag that it was made from.
 * Nothing here knows a setting by name. Depends on {@code backend}.
 */
@NullMarked
package cz.digidig.admin.settings;

import org.jspecify.annotations.NullMarked;
