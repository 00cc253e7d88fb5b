#pragma once

#include <ndis.h>

#include "lcm.h"
