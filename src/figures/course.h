/* course.h - fills view->courses, once the scopes of the actions stand */
#pragma once
#include "figures/view.h"

void view_courses(struct view *v);
