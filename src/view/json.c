/* SPDX-License-Identifier: EUPL-1.2 */
#include <assert.h>
#include <jansson.h>

#include "base/mem.h"
#include "internal.h"

struct json {
	json_t *root;
	json_t *array; /* borrowed from root; NULL: none is open */
	json_t *item;  /* borrowed from array; NULL before its first object */
	struct arena arena;
};

struct json *json_new(void)
{
	struct json *j = mem_alloc(sizeof(*j));

	*j = (struct json){ .root = json_object(), .arena = ARENA_INIT };
	return j;
}

static void put(struct json *j, const char *key, json_t *value)
{
	json_t *object = j->array ? j->item : j->root;

	/* Fields between json_open() and json_item() would have nowhere to go;
	 * the library's only other refusal is being out of memory. */
	assert(object);
	int failed = json_object_set_new(object, key, value);
	assert(!failed);
	(void)failed;
}

static json_t *text_or_null(struct json *j, const char *value)
{
	return value ? json_string(clean_utf8(&j->arena, value)) : json_null();
}

void json_str(struct json *j, const char *key, const char *value)
{
	put(j, key, text_or_null(j, value));
}

void json_day(struct json *j, const char *key, dayno day)
{
	char text[DATE_TEXT];

	put(j, key, day == DAY_NONE ? json_null() : json_string(date_text(day, text)));
}

void json_int(struct json *j, const char *key, long long value)
{
	put(j, key, json_integer(value));
}

void json_bool(struct json *j, const char *key, bool value)
{
	put(j, key, json_boolean(value));
}

void json_list(struct json *j, const char *key, const char *const *values, size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, text_or_null(j, values[i]));
	put(j, key, list);
}

void json_open(struct json *j, const char *key)
{
	assert(!j->array);
	json_t *array = json_array();
	put(j, key, array);
	j->array = array;
	j->item = NULL;
}

void json_item(struct json *j)
{
	j->item = json_object();
	json_array_append_new(j->array, j->item);
}

void json_close(struct json *j)
{
	j->array = NULL;
	j->item = NULL;
}

static int into_buf(const char *bytes, size_t len, void *out)
{
	buf_add(out, bytes, len);
	return 0;
}

void json_write(struct json *j, struct buf *out)
{
	json_dump_callback(j->root, into_buf, out, JSON_COMPACT);
	buf_chr(out, '\n');
	json_decref(j->root);
	arena_release(&j->arena);
	mem_free(j);
}
